/** How much of the server one asker may use: rates, and shares of the places in work. */
@NullMarked
package dev.daypass.web.quota;

import org.jspecify.annotations.NullMarked;
