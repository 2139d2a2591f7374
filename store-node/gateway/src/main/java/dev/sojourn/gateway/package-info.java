/**
 * The edge gateway: a node's session service over HTTP, as JSON in the shape of Connect's unary
 * calls and as gRPC-Web, for platforms that cannot speak gRPC. Everything here knows Armeria, and
 * nothing elsewhere does.
 */
@NullMarked
package dev.sojourn.gateway;

import org.jspecify.annotations.NullMarked;
