import type { JsonPath } from '../../partials/PartialJson.js';
import type { Shape } from '../jsonSchema/Shape.js';
import { AskedDocument } from './AskedDocument.js';
import type { Complaint } from './Complaint.js';
import { admits, listMembers } from './admits.js';
import { findStanding } from './findStanding.js';
import { Fits } from './Fits.js';

/** The members of unions that a wrong document fits best, by the shape that the model was asked for. */
export class MeantMembers {
  readonly #shape: Shape;
  readonly #sent: unknown;
  readonly #meant: unknown;
  readonly #fits = new Fits();

  /**
   * @param shape What the model was asked for.
   * @param sent Its answer.
   */
  constructor(shape: Shape, sent: unknown) {
    this.#shape = shape;
    this.#sent = sent;
    this.#meant = new AskedDocument(sent, shape).value;
  }

  /**
   * Whether a complaint may be one about the members that the value of a union fits best. It is not where they do not
   * have the key, and where the answer has a `null` that they take or that stands for a key left out.
   *
   * @param path Where the union stands.
   */
  concerns({ path: place }: Complaint, path: JsonPath): boolean {
    const step = place.slice(path.length);
    if (step.length === 0) return true;
    const found = this.#findBest(path).flatMap((member) => findStanding(member, step));
    if (found.length === 0) return false;
    return (
      readValue(this.#sent, place) !== null || found.some(({ shape, optional }) => !optional && !admits(shape, null))
    );
  }

  /** Whether a complaint is about a `null` of the answer that was as it was asked for. */
  isAboutNull(complaint: Complaint, path: JsonPath): boolean {
    return readValue(this.#sent, complaint.path) === null && !this.concerns(complaint, path);
  }

  #findBest(path: JsonPath): readonly Shape[] {
    const members = findStanding(this.#shape, path).flatMap(({ shape }) => listMembers(shape));
    return this.#fits.findBest(readValue(this.#meant, path), members);
  }
}

function readValue(document: unknown, path: JsonPath): unknown {
  return path.reduce<unknown>(
    (here, step) =>
      typeof here === 'object' && here !== null && Object.hasOwn(here, step) ? Reflect.get(here, step) : undefined,
    document,
  );
}
