/** The inspector's page, whole. */
export interface InspectorPage {
  readonly html: string;
  readonly script: string;
  readonly style: string;
}

/**
 * Bundles the page from its sources, for development of the library. The build puts a module in this one's place that
 * holds the page as text.
 */
export async function loadPage(): Promise<InspectorPage> {
  const bundler = new URL('../../scripts/bundlePage.mjs', import.meta.url).href;
  const { bundlePage } = (await import(bundler)) as { readonly bundlePage: () => Promise<InspectorPage> };
  return bundlePage();
}
