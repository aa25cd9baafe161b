// Installs the list of known bots; the build calls it and embeds the list (see ClickFuncs.Core.csproj).
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages } from '../../../build/install-packages.mjs';

installPackages({
    folder: dirname(fileURLToPath(import.meta.url)),
    needed: join('node_modules', 'crawler-user-agents', 'crawler-user-agents.json'),
});
