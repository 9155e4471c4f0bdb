/** What a part of the soak has seen. */
export interface Outcome {
  readonly title: string;
  /** The figures. */
  readonly told: string;
  readonly problems: readonly string[];
}
