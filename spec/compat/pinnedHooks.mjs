const pinned = JSON.parse(process.env.PINNED ?? '{}');

/** As if a module of this folder had asked for the pinned one. */
export const resolve = (specifier, context, next) =>
  specifier in pinned ? next(pinned[specifier], { ...context, parentURL: import.meta.url }) : next(specifier, context);
