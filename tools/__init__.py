"""What the Makefile and `.ci/run` call. No part of the installed apps."""
