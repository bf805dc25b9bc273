/* A form beside the claim's own is sent without it: ask before what was typed there is lost. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
    const claim = document.querySelector("#claim_form");
    const beside = document.querySelector("#beside form");
    if (!claim || !beside) {
        return;
    }
    let edited = false;
    // The fields that complete what is typed tell jQuery alone.
    django.jQuery(claim).on("input select2:select select2:unselect", () => { edited = true; });
    beside.addEventListener("submit", (event) => {
        if (edited && !window.confirm(beside.dataset.unsaved)) {
            event.preventDefault();
        }
    });
});
