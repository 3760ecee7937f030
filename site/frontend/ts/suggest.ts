/* Suggestions while a person types: an editable combobox with a list below it, as in the ARIA
   Authoring Practices 1.2. The focus stays in the box; `aria-activedescendant` names the active
   option. The server renders the options, in groups or not:
   `<li role="option" id="…" data-url="…">`. */
import type { Behaviour } from "./behaviours";

const PAUSE = 120;
const FEWEST_LETTERS = 2;

class Suggestions {
  private waiting = 0;
  private asked = new AbortController();
  private lit = -1;

  constructor(
    private readonly input: HTMLInputElement,
    private readonly list: HTMLElement,
    private readonly address: string,
  ) {
    input.addEventListener("input", (event) => this.typed(event as InputEvent));
    input.addEventListener("keydown", (event) => this.pressed(event));
    input.addEventListener("blur", () => this.close());
    // The focus stays in the box while a line is clicked.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => this.open(optionAt(event)));
  }

  private get options(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
  }

  private typed(event: InputEvent): void {
    if (event.isComposing) return;
    clearTimeout(this.waiting);
    this.asked.abort();
    if (this.input.value.trim().length < FEWEST_LETTERS) this.close();
    else this.waiting = window.setTimeout(() => void this.ask(), PAUSE);
  }

  private async ask(): Promise<void> {
    const url = new URL(this.address, location.href);
    url.searchParams.set("q", this.input.value);
    this.asked = new AbortController();
    const { signal } = this.asked;
    try {
      const answer = await fetch(url, { signal });
      this.show(answer.ok ? await answer.text() : "");
    } catch {
      // Newer words were typed, or the connection is away: the box works without a list.
      if (!signal.aborted) this.close();
    }
  }

  private show(html: string): void {
    if (document.activeElement !== this.input) return;
    const drawn = new DOMParser().parseFromString(html, "text/html");
    const lines = drawn.querySelector("[role=listbox]") ?? drawn.body;
    this.list.replaceChildren(...lines.childNodes);
    this.list.scrollTop = 0;
    this.light(-1);
    this.expand(this.options.length > 0);
  }

  private pressed(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.move(event, open);
    else if (event.key === "Escape" && open) this.swallow(event, () => this.close());
    else if (event.key === "Enter") this.enter(event);
  }

  /** Below the last line and above the first one is the box itself. */
  private move(event: KeyboardEvent, open: boolean): void {
    if (!this.options.length) return;
    const places = this.options.length + 1;
    const step = event.key === "ArrowDown" ? 1 : -1;
    this.swallow(event, () => {
      this.expand(true);
      this.light(((this.lit + 1 + (open || step < 0 ? step : 1) + places) % places) - 1);
    });
  }

  private enter(event: KeyboardEvent): void {
    const chosen = this.options[this.lit];
    clearTimeout(this.waiting);
    this.asked.abort();
    if (chosen) this.swallow(event, () => this.open(chosen));
  }

  private open(option: HTMLElement | undefined): void {
    const url = option?.dataset["url"];
    if (!url) return;
    this.close();
    location.assign(url);
  }

  private swallow(event: KeyboardEvent, act: () => void): void {
    event.preventDefault();
    act();
  }

  private light(place: number): void {
    this.lit = place;
    this.options.forEach((each, at) => {
      each.setAttribute("aria-selected", String(at === place));
    });
    const line = this.options[place];
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
    clearTimeout(this.waiting);
    this.asked.abort();
    this.light(-1);
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
    const address = form.dataset["suggest"];
    if (!input || !address) return;
    const list = emptyList(input, form.dataset["suggestLabel"] ?? "");
    form.append(list);
    input.role = "combobox";
    input.ariaAutoComplete = "list";
    input.ariaExpanded = "false";
    input.setAttribute("aria-controls", list.id);
    new Suggestions(input, list, address);
  },
};
