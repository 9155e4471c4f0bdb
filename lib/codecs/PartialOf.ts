/** The type of a value of type `A` while it is still being written. */
export type PartialOf<A> = A extends object ? { readonly [K in keyof A]?: PartialOf<A[K]> } : A;
