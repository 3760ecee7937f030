/* Connects a native player with its transcript: the current line is marked, a click on a line
   plays from there, and a URL that ends in #t=754 starts there. */
import type { Behaviour } from "./behaviours";

const requestedTime = (): number | null => {
  const found = /^#t=(\d+(?:\.\d+)?)$/.exec(location.hash);
  return found ? Number(found[1]) : null;
};

export const player: Behaviour = {
  selector: "[data-player]",
  attach(root) {
    const media = root.querySelector<HTMLMediaElement>("video, audio");
    if (!media) return;
    const cues = [...root.querySelectorAll<HTMLElement>("[data-start]")];
    root.dataset["playerAttached"] = "";

    const seek = (seconds: number, play: boolean): void => {
      media.currentTime = seconds;
      if (play) void media.play().catch(() => undefined);
    };
    const markCurrent = (): void => {
      const now = media.currentTime;
      const current = cues.find(
        (cue) => Number(cue.dataset["start"]) <= now && now < Number(cue.dataset["end"]),
      );
      for (const cue of cues) {
        if (cue === current) cue.setAttribute("aria-current", "true");
        else cue.removeAttribute("aria-current");
      }
    };
    const start = (): void => {
      const seconds = requestedTime();
      if (seconds !== null) seek(seconds, false);
    };

    root.addEventListener("click", (event) => {
      const target = event.target as HTMLElement;
      const line = target.closest<HTMLElement>("[data-start], [data-seek]");
      if (!line || !root.contains(line)) return;
      if (target.closest("a")) event.preventDefault();
      else if (getSelection()?.toString()) return;
      const seconds = Number(line.dataset["start"] ?? line.dataset["seek"]);
      history.replaceState(null, "", `#t=${Math.floor(seconds)}`);
      seek(seconds, true);
    });
    media.addEventListener("timeupdate", markCurrent);
    addEventListener("hashchange", start);
    if (media.readyState > 0) start();
    else media.addEventListener("loadedmetadata", start, { once: true });
  },
};
