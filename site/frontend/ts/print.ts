/* A button that prints the page. */
import type { Behaviour } from "./behaviours";

export const print: Behaviour = {
  selector: "[data-print]",
  attach(button) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  },
};
