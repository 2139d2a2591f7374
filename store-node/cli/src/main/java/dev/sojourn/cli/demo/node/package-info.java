/** Node processes on this machine: their files, their ports, their start and their end. */
@NullMarked
package dev.sojourn.cli.demo.node;

import org.jspecify.annotations.NullMarked;
