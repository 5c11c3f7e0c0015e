/** Not for hosts: how engines are chosen and how their outputs become results. */
@NullMarked
package io.github.attentive.internal;

import org.jspecify.annotations.NullMarked;
