/* A file that is being entered: read the lines of the answer as they come, and move the bar.
   Without this script the form is sent as any other, and its answer comes when all is done. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector("#enter");
    if (!form || !window.ReadableStream) {
        return;
    }
    const watch = form.querySelector(".watch");
    const bar = watch.querySelector("progress");
    const status = watch.querySelector("[role=status]");
    const stay = (event) => { event.preventDefault(); };  // leaving would stop it half-way

    const show = (line) => {
        bar.max = line.of || 1;
        bar.value = line.done;
        status.textContent = `${form.dataset[line.doing]}: ${line.done} / ${line.of}`;
    };

    const enter = async () => {
        const answer = await fetch(form.action, {
            method: "POST",
            body: new FormData(form),
            headers: { Accept: "application/x-ndjson" },
        });
        if (!answer.ok) {
            throw new Error(answer.statusText);
        }
        const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
        let text = "";
        let last = {};
        for (;;) {
            const { done, value } = await reader.read();
            if (done) {
                return last;
            }
            const lines = (text + value).split("\n");
            text = lines.pop();
            for (const line of lines) {
                last = JSON.parse(line);
                if (last.doing) {
                    show(last);
                }
            }
        }
    };

    form.addEventListener("submit", (event) => {
        event.preventDefault();
        form.querySelector(".submit-row").hidden = true;
        watch.hidden = false;
        status.textContent = form.dataset.checking;
        window.addEventListener("beforeunload", stay);
        enter().catch(() => ({})).then((last) => {
            window.removeEventListener("beforeunload", stay);
            if (last.address) {
                window.location.assign(last.address);
                return;
            }
            bar.hidden = true;
            status.textContent = last.problem || form.dataset.broken;
            const again = document.createElement("a");
            again.href = "";
            again.textContent = "↻";
            status.append(" ", again);
        });
    });
});
