/* After a refused form, the reader stands at the list of what to mend. */
import type { Behaviour } from "./behaviours";

export const focusFirst: Behaviour = {
  selector: "[data-focus-first]:not(.specimen *)",
  attach(element) {
    element.focus();
  },
};
