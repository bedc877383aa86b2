/** Projects with a cluster. Its API is fabric8’s mock, over real sockets with TLS and tokens. */
package io.jenkins.plugins.octopod.kubernetes;
