/* Loads a video from another site when its button is clicked, not before. */
import type { Behaviour } from "./behaviours";

export const embed: Behaviour = {
  selector: "[data-embed]",
  attach(box) {
    const button = box.querySelector("button");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      const frame = document.createElement("iframe");
      frame.src = box.dataset["embed"] ?? "";
      frame.title = box.dataset["embedTitle"] ?? "";
      frame.allow = "fullscreen; picture-in-picture; encrypted-media";
      frame.allowFullscreen = true;
      frame.referrerPolicy = "strict-origin-when-cross-origin";
      box.replaceChildren(frame);
      box.classList.add("embed--open");
      frame.focus();
    });
  },
};
