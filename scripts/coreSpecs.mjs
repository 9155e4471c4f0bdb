/** Specs of the library itself: neither the browser, nor examples and snippets, nor anything that builds. */
export const coreSpec =
  /^spec\/((foundation|completions|deltas|tokens|partials|codecs|decoded|retry|answers|providers|sse|models|testing|opentelemetry|inspector)\/.*|(architecture|secrets)|laws\/(tokens|decoder|partials|patches|endings|extractJson|toolCalls|tools))-spec\.ts$/;

/** These compare costs, which two runs beside each other distort. */
export const costSpec =
  /\/(growth|structuredElementsCost|wideDocuments|reportErrors|JsonExtractor|elementsAt|applyPatches)-spec\.ts$/;
