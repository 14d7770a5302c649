import { writeSampleModel } from './model.ts';

/** The program behind `makeSampleModel`: writes the model to the path that it is given, or the error to stderr. */
try {
  await writeSampleModel(process.argv[2] ?? '');
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  process.stderr.write(JSON.stringify({ code, message }));
  process.exitCode = 1;
}
