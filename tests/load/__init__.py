"""The benchmark: the dashboard and stock Streamlit, measured side by side in one run.

Both are started on this machine, with the same Streamlit: the dashboard as a host starts it;
the stock apps (`tests/load/stock`) with default settings from a folder without any, in an
environment of their own that has the pinned requirements without uvloop, as Streamlit comes.
They take turns, so that both meet the same machine: read the last column, the median of ours
as a share of the median of stock, rather than times. Medians and 95th percentiles are printed,
no verdicts. On a machine of few cores the client takes its share; it is the same for both.

Over the websocket, against the minimal app (one chip filter, one line of text), a client says
what a browser says: the query string, the state of all widgets, and which messages it keeps.
A time runs from the sending of a click to the message that ends the script's run, and so
holds both ways on loopback. What counts as "on the wire" are the bytes that came in on the
socket, compressed where the server compresses; "payload" are the messages themselves.

    start       seconds until healthy (a second start: the files are at hand); memory before
                and wait of the first session
    memory      what each of 200 further open sessions adds to the process's own
    arrivals    a new session from connecting to the end of its first run: one at a time,
                and 100 together; how many of these were not served
    scripts     what it costs to serve Streamlit's own scripts to a first reader and to ten more
                with empty caches: processor time of the server's process, bytes
    clicks      one session toggles the chips of the first group so that every combination
                comes up once: views the server has not had, then, in a new session, the
                same views again; "processor" is the processor time of the server's process;
                "click back" is a chip switched on and off again
    throughput  20 sessions click at random as soon as they have their answer: reruns a second
    leisure     50 readers click at random moments, 5 s apart on average (a Poisson process);
                late answers count from the moment meant, so that waiting is not left out
    growth      our memory over 25,000 clicks on views that are in the caches, after every one
                has been seen; the slope is that of the second half

In Chromium, against a stock page with the same chips, figures and places on its map:

    browser     requests and bytes of the first view, with an empty cache and again; time to
                the figures and to the map, also over a link of 10 Mbit/s and 40 ms (which
                Chromium does not apply to websockets); from the click on a chip to the last
                change of the figures' text, and to the first and last change of the map's
                pixels. Foreign hosts are not found, so the stock page's map has no tiles.
                WebGL runs in software here, where what a map holds costs more than on a GPU.

Sizes: `real` is the repository's data; a number makes a synthetic package of that many places.
Memory and processor time are read from /proc, so the benchmark needs Linux.
"""
