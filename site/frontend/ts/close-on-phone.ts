/* Details that stand open beside a list on a wide screen begin closed above it on a phone. */
import type { Behaviour } from "./behaviours";

export const closeOnPhone: Behaviour = {
  selector: "details[data-close-on-phone]",
  attach(details) {
    if (matchMedia("(max-width: 59.99rem)").matches) details.removeAttribute("open");
  },
};
