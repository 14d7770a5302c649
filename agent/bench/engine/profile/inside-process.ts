import { measureInside } from './inside.ts';

const [, , modelPath = '', streams = '1'] = process.argv;
process.stdout.write(JSON.stringify(await measureInside(modelPath, Number(streams))), () => process.exit(0));
