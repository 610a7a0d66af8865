import { findProblemCode, type ProblemCode } from './problem-codes.ts';

/**
 * A field of the request that broke a rule. `rule` is a word a program can match on. `meant` is the known
 * name that a page tells of instead of the message.
 */
export type FieldProblem = { field: string; rule: string; message: string; meant?: string };

/**
 * An expected refusal on its way to the caller. Everything in it is public text; internal detail belongs in
 * the log. One translator (`problemBody`) makes the document that the client sees.
 */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly fields: FieldProblem[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ProblemCode,
    options: { detail?: string; fields?: FieldProblem[]; retryAfterSeconds?: number } = {},
  ) {
    const entry = findProblemCode(code);
    super(options.detail ?? entry.explanation);
    this.name = 'Problem';
    this.code = code;
    this.status = entry.status;
    this.fields = options.fields ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** A refusal of one field: 400 with the field named and the broken rule as its code. */
export function fieldProblem(code: ProblemCode, field: string, message: string): Problem {
  return new Problem(code, { detail: message, fields: [{ field, rule: code, message }] });
}

export type ProblemBody = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  fields: FieldProblem[];
  requestId: string;
  exceptionType: string;
  errorMessage: string;
  /** The code again where nothing was found: clients of the original look for it there. */
  error?: string;
};

/** The error document: RFC 9457 members beside the original's `exceptionType` and `errorMessage`. */
export function problemBody(problem: Problem, requestId: string, docsBase: string): ProblemBody {
  const entry = findProblemCode(problem.code);
  return {
    type: `${docsBase}/errors/${problem.code}`,
    title: entry.title,
    status: problem.status,
    detail: problem.message,
    code: problem.code,
    fields: problem.fields,
    requestId,
    exceptionType: entry.exceptionType,
    errorMessage: problem.message,
    ...(problem.status === 404 && { error: problem.code }),
  };
}
