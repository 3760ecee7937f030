/* Attaches all behaviours. Every page works without this file. */
import htmx from "htmx.org";
import { attachAll } from "./behaviours";
import { closeOnPhone } from "./close-on-phone";
import { copyLink } from "./copy-link";
import { currentSection } from "./current-section";
import { dialogOpener } from "./dialog";
import { embed } from "./embed";
import { filterForm } from "./filter-form";
import { focusFirst } from "./focus-first";
import { menu } from "./menu";
import { passkeys } from "./passkeys";
import { player } from "./player";
import { print } from "./print";
import { suggest } from "./suggest";
import { upload } from "./upload";

// The Content-Security-Policy forbids eval and inline styles. The history cache would store
// members' pages in the browser, where the next person at a shared computer could open them.
Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  selfRequestsOnly: true,
});

const behaviours = [
  closeOnPhone,
  copyLink,
  currentSection,
  dialogOpener,
  embed,
  filterForm,
  focusFirst,
  menu,
  passkeys,
  player,
  print,
  suggest,
  upload,
];

attachAll(behaviours, document);
for (const change of ["htmx:afterSettle", "everydoor:replaced"]) {
  document.addEventListener(change, () => attachAll(behaviours, document));
}
