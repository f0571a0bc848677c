/** Apart from what writes them, so that help needs none of it. */
export const CHECK_FORMATS = ['pretty', 'json', 'sarif', 'junit', 'github', 'markdown'] as const;

export type CheckFormat = (typeof CHECK_FORMATS)[number];
