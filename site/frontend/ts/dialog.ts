/* Opens a native dialog; it closes itself by its own form, by Escape, by a click beside it. */
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
