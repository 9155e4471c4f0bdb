import { materialize, type Observable, type ObservableNotification } from 'rxjs';

/** An Observable's values for `for await`. Leaving the loop unsubscribes; an error notification is thrown. */
export async function* eachValueFrom<T>(source: Observable<T>): AsyncGenerator<T, void> {
  const arrived: ObservableNotification<T>[] = [];
  let wake = (): void => undefined;
  // eslint-disable-next-line rxjs-x/no-ignored-error -- errors are among the notifications
  const subscription = source.pipe(materialize()).subscribe((notification) => {
    arrived.push(notification);
    wake();
  });
  try {
    for (;;) {
      const notification = arrived.shift();
      if (notification === undefined) await new Promise<void>((resolve) => (wake = resolve));
      else if (notification.kind === 'N') yield notification.value;
      else if (notification.kind === 'E') throw notification.error;
      else return;
    }
  } finally {
    subscription.unsubscribe();
  }
}
