import type { Complaints, Setting } from './Setting.js';

/** `undefined` where it cannot be told whether a complaint is about the value, or about what stands around it. */
export type Verdict = readonly string[] | undefined;

export const FINE: readonly string[] = [];

/** Shows the vendor a value at its place in a document of samples. */
export class Court {
  readonly #setting: Setting;
  readonly #complaints: Complaints;

  constructor(setting: Setting, complaints: Complaints) {
    this.#setting = setting;
    this.#complaints = complaints;
  }

  /**
   * The vendor's complaints about this value at its place. It is asked up to three times, so judges remember the
   * answers that depend on few things (lengths), and ask only where JSON Schema says that something is wrong.
   */
  judge(value: unknown): Verdict {
    const { whole, within, isIsolated } = this.#setting;
    const isTaken = (): boolean => this.#complaints(whole(value)) === undefined;
    // In a union another member may take the value.
    if (within !== undefined && isTaken()) return FINE;
    const messages = this.hear(value);
    if (messages.length > 0) return isIsolated ? messages : undefined;
    return within === undefined || isTaken() ? FINE : undefined;
  }

  /**
   * The messages about the value itself, with something wrong beside it: zod and others skip conditions on the whole
   * object then, which a sample would break.
   */
  hear(value: unknown): readonly string[] {
    const here = this.#setting.findComplaints(this.#complaints(this.#setting.broken(value)), () => true);
    const own = here.flatMap(({ message, members }) => {
      // A union complains as a whole; the reasons that its members give of the value are what the model can use.
      const { index, count } = this.#setting.member ?? {};
      const ofMember = index !== undefined && members.length === count ? [members[index] ?? []] : members;
      const nested = ofMember.flat().filter(({ path }) => path.length === this.#setting.path.length);
      return nested.length > 0 ? nested.map((one) => one.message) : [message];
    });
    return [...new Set(own)];
  }
}
