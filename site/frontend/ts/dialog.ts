/* Opens a native dialog. Its own form, Escape, a click outside or a link into this page
   closes it. */
import type { Behaviour } from "./behaviours";

export const dialogOpener: Behaviour = {
  selector: "[data-dialog]",
  attach(opener) {
    const dialog = document.getElementById(opener.dataset["dialog"] ?? "");
    if (!(dialog instanceof HTMLDialogElement)) return;
    opener.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.showModal();
    });
    dialog.addEventListener("click", (event) => {
      const target = event.target instanceof Element ? event.target : null;
      const leadsIntoThePage = target?.closest("a[href^='#']");
      if (target === dialog || leadsIntoThePage) dialog.close();
    });
  },
};
