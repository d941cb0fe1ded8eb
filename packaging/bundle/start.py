"""What the frozen program starts with; everything else is the package itself."""

import multiprocessing
import sys

from levcheck.__main__ import main

if __name__ == "__main__":
    # A process of the pool that works on a firm's book is this program started again; it never comes back from here.
    multiprocessing.freeze_support()
    sys.exit(main())
