/** A required setting of an account, which is checked when it is saved and when it is read. */
export function needSetting(settings: Readonly<Record<string, string>>, name: string): string {
  const value = settings[name];
  if (value === undefined) throw new Error(`the setting ${name} is missing`);
  return value;
}
