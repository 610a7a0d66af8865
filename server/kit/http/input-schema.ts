/**
 * What a field of a request is for. One that `narrows` selects, limits or moves something, so it is never
 * ignored. One that only `describes` may be left out.
 */
export type FieldSort = 'narrows' | 'describes';

/** The part of JSON Schema that our endpoints use; TypeBox schemas have this shape. */
export type InputSchema = {
  type?: string;
  properties?: Record<string, InputSchema>;
  required?: readonly string[] | undefined;
  items?: InputSchema;
  anyOf?: readonly InputSchema[];
  const?: unknown;
  enum?: readonly unknown[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  /** A JSON number read as its decimal text, for money. */
  decimalText?: boolean;
  /** Any JSON value is kept as it is. */
  keepsAnything?: boolean;
  /** Of a field: what it is for; one that does not say narrows. */
  'x-sort'?: FieldSort;
  /** Of a field that narrows: null and empty are as absent, instead of refused. */
  'x-empty'?: 'absent';
  /** With `x-empty`: only where none of these fields stands beside it. */
  'x-empty-without'?: readonly string[];
  /** Of a field that narrows: null says that it shall have its default again. */
  'x-null'?: 'default';
  /** Of an object: what becomes of a member that is not known; refused where it does not say. */
  'x-unknown'?: 'refused' | 'warned';
  /** Of an `enum`: words of former releases, each with the one that it is read as. */
  formerly?: Readonly<Record<string, string>>;
  /** Other words by which callers look for the field; they are refused, with its name. */
  alsoCalled?: readonly string[];
};
