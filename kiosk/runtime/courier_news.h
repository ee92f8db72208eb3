#pragma once
#include "courier/worker.h"
#include "runtime/mailbox.h"

namespace bangwu::runtime {

/// Tells the session what the courier says, and the log what a person has to do about it. Any thread.
void post_news(Mailbox& mailbox, const courier::Event& event);

}  // namespace bangwu::runtime
