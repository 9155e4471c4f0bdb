/** Where a value stands in a document: object keys and array indexes, from the root inwards. */
export type JsonPath = readonly (string | number)[];
