/** The headers of a request that are checked. */
export interface RequestHeaders {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  readonly 'sec-fetch-site'?: string | string[] | undefined;
  readonly 'sec-fetch-mode'?: string | string[] | undefined;
}

/**
 * Whether a request is of the inspector's own page, or of a person who opens it. A page elsewhere could otherwise read
 * what is inspected, by a name that leads to 127.0.0.1 (so `Host` is checked) or by a request of its own (`Origin`, and
 * where browsers send none, `Sec-Fetch-Site`).
 */
export function isAllowed(headers: RequestHeaders, port: number): boolean {
  const hosts = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port}`);
  const { host = '', origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode } = headers;
  if (!hosts.includes(host.toLowerCase())) return false;
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) return false;
  return site === undefined || site === 'same-origin' || site === 'none' || mode === 'navigate';
}
