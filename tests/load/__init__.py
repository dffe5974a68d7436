"""The benchmark: this dashboard and the same page in other frameworks, measured in one run.

All run on this machine, each server in an environment of its own, and take turns, so that all
meet the same machine: compare the columns of one run rather than times of two. The numbers are
medians of all rounds.

    first     the first view in Chromium with an empty cache: when the key figures can be read,
              when a map is on the screen (a drawing counts), when it has changed for the last
              time; what that takes on the wire
    click     a click on a chip: from the click to the last change of the figures' text, and of
              the map's pixels or paths
    clients   20 readers without a browser who click as soon as they have their answer: clicks a
              second, and processor time of the server for each. "new views" are such as nobody
              has asked for before
    start     seconds until the server answers; memory then, resident and its own

Memory and processor time are read from /proc, so the benchmark needs Linux. WebGL runs in
software here, where what a map holds costs more than on a GPU. Chromium does not slow websockets
down: over slow links, what a page gets that way comes sooner than it would.
"""
