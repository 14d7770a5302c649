/** What the owner chose in the running agent, kept in the database. */
export interface Settings {
  defaultModel(): string | null;
  setDefaultModel(modelId: string | null): Promise<void>;
}
