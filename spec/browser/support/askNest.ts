/** Requests as the page makes them. */
export const post = (url: string, body: unknown, signal?: AbortSignal): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });

/** Begins an extraction that can be come back to. */
export async function begin(nest: string, text: string): Promise<string> {
  const response = await post(`${nest}/api/extractions`, { text });
  const { id } = (await response.json()) as { id: string };
  return id;
}
