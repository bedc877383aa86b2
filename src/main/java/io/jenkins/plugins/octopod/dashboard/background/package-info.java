/**
 * What people ask for on pages, carried out on threads of its own: the request is answered at once with a ticket, and the
 * page asks by it what has become of each task. Knows nothing of forms or tables; uses {@code dashboard.web}.
 */
package io.jenkins.plugins.octopod.dashboard.background;
