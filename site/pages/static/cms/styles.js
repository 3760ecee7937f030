/* Lets scripts of the CMS add style sheets: Draftail does, for lists and for empty paragraphs. A
   style element in the HTML of a page has no nonce and is refused. */
{
  const { nonce } = document.currentScript;
  const create = document.createElement;
  document.createElement = function createElement(...given) {
    const element = create.apply(this, given);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  };
}
