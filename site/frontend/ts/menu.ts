/* Closes a menu made of details on Escape and on a click outside. */
import type { Behaviour } from "./behaviours";

export const menu: Behaviour = {
  selector: "details[data-menu]",
  attach(element) {
    const details = element as HTMLDetailsElement;
    details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !details.open) return;
      details.open = false;
      details.querySelector("summary")?.focus();
    });
    document.addEventListener("click", (event) => {
      if (event.target instanceof Node && !details.contains(event.target)) details.open = false;
    });
  },
};
