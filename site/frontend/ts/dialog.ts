/* Opens a native dialog. Its own form, Escape or a click outside closes it. */
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
      if (event.target === dialog) dialog.close();
    });
  },
};
