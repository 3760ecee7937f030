/* Shows the progress of an upload. */
import type { Behaviour } from "./behaviours";

function show(box: HTMLElement, form: HTMLFormElement): void {
  const progress = box.querySelector("progress");
  const status = box.querySelector<HTMLElement>("[data-upload-said]");
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", (event) => {
    if (!progress || !event.lengthComputable) return;
    progress.hidden = false;
    progress.value = event.loaded / event.total;
    if (status) status.textContent = `${Math.round(progress.value * 100)} %`;
  });
  request.addEventListener("load", () => {
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const main = page.querySelector("main");
    if (!main) return location.assign(request.responseURL);
    document.querySelector("main")?.replaceWith(main);
    document.title = page.title;
    history.replaceState(null, "", request.responseURL);
    document.dispatchEvent(new Event("everydoor:replaced"));
  });
  request.addEventListener("error", () => {
    if (progress) progress.hidden = true;
    if (status) status.textContent = box.dataset["uploadFailed"] ?? "";
  });
  request.open(form.method, form.action);
  request.send(new FormData(form));
}

export const upload: Behaviour = {
  selector: "[data-upload]",
  attach(box) {
    const input = box.querySelector<HTMLInputElement>("input[type=file]");
    const form = input?.form;
    if (!input || !form) return;
    box.addEventListener("dragover", () => box.setAttribute("data-over", ""));
    for (const end of ["dragleave", "drop"]) {
      box.addEventListener(end, () => box.removeAttribute("data-over"));
    }
    form.addEventListener("submit", (event) => {
      if (!input.files?.length) return;
      event.preventDefault();
      show(box, form);
    });
  },
};
