/** Where a growing value is shown. */
export interface Screen {
  /** Shows the value as it is now; `path` leads to the part still being written. */
  show(value: unknown, path: readonly (string | number)[], status: string): void;
  /** Shows the whole value. */
  showWhole(value: unknown, status: string): void;
  /** Says something that stays; what was shown of the value before it is dropped. */
  say(line: string): void;
}
