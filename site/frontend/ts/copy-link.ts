/* Copies the URL of the page and confirms it beside the button. */
import type { Behaviour } from "./behaviours";

export const copyLink: Behaviour = {
  selector: "[data-copy]",
  attach(button) {
    const said = document.getElementById(button.dataset["copySaid"] ?? "");
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      const address = new URL(button.dataset["copy"] || location.href, location.href);
      await navigator.clipboard.writeText(address.href);
      if (said) said.textContent = button.dataset["copyDone"] ?? "";
    });
  },
};
