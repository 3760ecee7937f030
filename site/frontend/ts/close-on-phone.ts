/* Closes details on a phone; on a wide screen they start open beside a list. */
import type { Behaviour } from "./behaviours";

export const closeOnPhone: Behaviour = {
  selector: "details[data-close-on-phone]",
  attach(details) {
    if (matchMedia("(max-width: 59.99rem)").matches) details.removeAttribute("open");
  },
};
