/* Moves the focus to the list of errors after a refused form. */
import type { Behaviour } from "./behaviours";

export const focusFirst: Behaviour = {
  selector: "[data-focus-first]:not(.specimen *)",
  attach(element) {
    element.focus();
  },
};
