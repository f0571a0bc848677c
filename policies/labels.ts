const NAME = 'golden-path.dev/tier';

/** CEL: the tier of the object, or empty text. */
export const TIER = `has(object.metadata.labels) && "${NAME}" in object.metadata.labels ? object.metadata.labels["${NAME}"] : ""`;
