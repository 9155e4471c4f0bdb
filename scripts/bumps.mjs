// How big a step from one version to the next must be, by what became of the public declarations.

/** Smallest first. */
export const BUMPS = ['none', 'patch', 'minor', 'major'];

/** The declarations that went or changed, and those that came: files of them, by name, before and now. */
export function compareDeclarations(before, now) {
  const [old, current] = [linesOf(before), linesOf(now)];
  return { removed: missing(old, current), added: missing(current, old) };
}

/** The bump that the declarations ask for: what went or changed breaks programs, what came does not. */
export function neededBump(version, removed, added) {
  // Before 1.0 a minor version may break programs, and npm's ^ knows it.
  const isStable = !version.startsWith('0.');
  if (removed.length > 0) return isStable ? 'major' : 'minor';
  if (added.length > 0) return isStable ? 'minor' : 'patch';
  return 'none';
}

/** The highest bump that changesets ask for. */
export function writtenBump(name, changesets) {
  const bumps = changesets.map((text) => new RegExp(`^['"]?${name}['"]?: (\\w+)`, 'm').exec(text)?.[1] ?? 'none');
  return bumps.reduce((most, bump) => (BUMPS.indexOf(bump) > BUMPS.indexOf(most) ? bump : most), 'none');
}

/** The bump from one version to another: what was asked for, where changesets have become a version already. */
export function bumpBetween(before, now) {
  const [old, current] = [before, now].map((version) => version.split(/[.-]/, 3));
  return ['major', 'minor', 'patch'].find((_, place) => old[place] !== current[place]) ?? 'none';
}

function linesOf(files) {
  return [...files].flatMap(([file, text]) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('//'))
      .map((line) => `${file}: ${line}`),
  );
}

/** Lines of the first list that are not in the second, each as often as it is missing. */
function missing(these, those) {
  const counts = new Map();
  for (const line of those) counts.set(line, (counts.get(line) ?? 0) + 1);
  return these.filter((line) => {
    const count = counts.get(line) ?? 0;
    counts.set(line, count - 1);
    return count <= 0;
  });
}
