/* Suggestions while a person types: an editable combobox with a list below it, as in the ARIA
   Authoring Practices 1.2. The focus stays in the box; `aria-activedescendant` names the active
   option. The server renders the options, in groups or not:
   `<li role="option" id="…" data-url="…">`. */
import type { Behaviour } from "./behaviours";

const DELAY_MS = 120;
const MIN_LENGTH = 2;

class Suggestions {
  private timer = 0;
  private request = new AbortController();
  private active = -1;

  constructor(
    private readonly input: HTMLInputElement,
    private readonly list: HTMLElement,
    private readonly endpoint: string,
  ) {
    input.addEventListener("input", (event) => this.onInput(event as InputEvent));
    input.addEventListener("keydown", (event) => this.onKey(event));
    input.addEventListener("blur", () => this.close());
    // Keep the focus in the box while an option is clicked.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => this.open(optionAt(event)));
  }

  private get options(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
  }

  private onInput(event: InputEvent): void {
    if (event.isComposing) return;
    clearTimeout(this.timer);
    this.request.abort();
    if (this.input.value.trim().length < MIN_LENGTH) this.close();
    else this.timer = window.setTimeout(() => void this.load(), DELAY_MS);
  }

  private async load(): Promise<void> {
    const url = new URL(this.endpoint, location.href);
    url.searchParams.set("q", this.input.value);
    this.request = new AbortController();
    const { signal } = this.request;
    try {
      const response = await fetch(url, { signal });
      this.show(response.ok ? await response.text() : "");
    } catch {
      // Aborted by newer input, or offline: the box works without a list.
      if (!signal.aborted) this.close();
    }
  }

  private show(html: string): void {
    if (document.activeElement !== this.input) return;
    const page = new DOMParser().parseFromString(html, "text/html");
    const lines = page.querySelector("[role=listbox]") ?? page.body;
    this.list.replaceChildren(...lines.childNodes);
    this.list.scrollTop = 0;
    this.activate(-1);
    this.expand(this.options.length > 0);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.move(event, open);
    else if (event.key === "Escape" && open) this.handle(event, () => this.close());
    else if (event.key === "Enter") this.enter(event);
  }

  /** Arrow keys cycle through the options and the box itself. */
  private move(event: KeyboardEvent, open: boolean): void {
    if (!this.options.length) return;
    const places = this.options.length + 1;
    const step = event.key === "ArrowDown" ? 1 : -1;
    this.handle(event, () => {
      this.expand(true);
      this.activate(((this.active + 1 + (open || step < 0 ? step : 1) + places) % places) - 1);
    });
  }

  private enter(event: KeyboardEvent): void {
    const chosen = this.options[this.active];
    clearTimeout(this.timer);
    this.request.abort();
    if (chosen) this.handle(event, () => this.open(chosen));
  }

  private open(option: HTMLElement | undefined): void {
    const url = option?.dataset["url"];
    if (!url) return;
    this.close();
    location.assign(url);
  }

  private handle(event: KeyboardEvent, act: () => void): void {
    event.preventDefault();
    act();
  }

  private activate(index: number): void {
    this.active = index;
    this.options.forEach((each, at) => {
      each.setAttribute("aria-selected", String(at === index));
    });
    const line = this.options[index];
    if (line) {
      this.input.setAttribute("aria-activedescendant", line.id);
      line.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  private expand(open: boolean): void {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  private close(): void {
    clearTimeout(this.timer);
    this.request.abort();
    this.activate(-1);
    this.expand(false);
  }
}

function optionAt(event: Event): HTMLElement | undefined {
  const at = event.target;
  return (at instanceof Element && at.closest<HTMLElement>("[role=option]")) || undefined;
}

function emptyList(input: HTMLInputElement, label: string): HTMLElement {
  const list = document.createElement("div");
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.role = "listbox";
  list.ariaLabel = label;
  list.hidden = true;
  return list;
}

export const suggest: Behaviour = {
  selector: "form[data-suggest]",
  attach(form) {
    const input = form.querySelector<HTMLInputElement>("input[type=search]");
    const endpoint = form.dataset["suggest"];
    if (!input || !endpoint) return;
    const list = emptyList(input, form.dataset["suggestLabel"] ?? "");
    form.append(list);
    input.role = "combobox";
    input.ariaAutoComplete = "list";
    input.ariaExpanded = "false";
    input.setAttribute("aria-controls", list.id);
    new Suggestions(input, list, endpoint);
  },
};
