/** Flags with which a regular expression means something else. */
export const tellingFlags = /[imsvy]/;
