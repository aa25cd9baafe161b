// Lets one build at a time do a piece of work in a folder. Two builds at once take turns: the second finds what the first
// has done.
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const patience = 5 * 60 * 1000;

function tryLock(lock) {
    try {
        const file = openSync(lock, 'wx');
        writeFileSync(file, String(process.pid));
        closeSync(file);
        return true;
    } catch (error) {
        if (error.code !== 'EEXIST')
            throw error;
        return false;
    }
}

// A build that was killed leaves its lock behind; its process is gone.
function isHolderAlive(lock) {
    try {
        const holder = Number(readFileSync(lock, 'utf8'));
        if (holder > 0)
            process.kill(holder, 0);
        return true;
    } catch (error) {
        return error.code !== 'ESRCH';
    }
}

/** Does the work while holding the lock file; waits for whoever holds it. */
export function exclusively(lock, what, work) {
    mkdirSync(dirname(lock), { recursive: true });
    const deadline = Date.now() + patience;
    while (!tryLock(lock)) {
        if (!isHolderAlive(lock))
            rmSync(lock, { force: true });
        else if (Date.now() > deadline)
            throw new Error(`Another build has been ${what} for ${patience / 60000} minutes. If none is running, delete ${lock}.`);
        else
            Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }

    try {
        work();
    } finally {
        rmSync(lock, { force: true });
    }
}
