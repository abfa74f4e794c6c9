/** Error in the command line or the environment. Its message is for the user. */
export class UsageError extends Error {}
