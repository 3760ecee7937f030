/* A button that prints the page; without this file the browser's own menu does. */
import type { Behaviour } from "./behaviours";

export const print: Behaviour = {
  selector: "[data-print]",
  attach(button) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  },
};
