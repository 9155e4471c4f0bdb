import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { Extraction } from '@contract/Extraction';
import { fromSse } from 'rx-structured/sse';
import { map, type Observable } from 'rxjs';
import type { Verdict } from './extraction-state';

/** The tools whose calls the server lets travel, and the page shows. */
const TOOLS = ['lookUpArticle'] as const;

/** The two ways of asking: one ends with the subscription, the other does not. */
@Injectable({ providedIn: 'root' })
export class Extractor {
  readonly #http = inject(HttpClient);

  /** Extracts while subscribed: unsubscribing closes the connection, which aborts the model's request. */
  extract(text: string): Observable<Verdict> {
    return fromSse('/api/extractions/live', {
      codec: Extraction,
      tools: TOOLS,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
    });
  }

  /** Begins an extraction that goes on without a listener; it has an id to come back to. */
  begin(text: string): Observable<string> {
    return this.#http.post<{ id: string }>('/api/extractions', { text }).pipe(map(({ id }) => id));
  }

  /** Follows it from its beginning, and goes on where it was if the connection is lost. */
  follow(id: string): Observable<Verdict> {
    return fromSse(`/api/extractions/${encodeURIComponent(id)}/events`, { codec: Extraction, tools: TOOLS });
  }

  /** Ends it for everybody. */
  end(id: string): Observable<void> {
    return this.#http.delete<void>(`/api/extractions/${encodeURIComponent(id)}`);
  }
}
