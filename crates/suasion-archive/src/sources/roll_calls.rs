//! Roll calls shared by the votes that were cast in them.

use std::sync::Arc;

use crate::schema::RollCall;

/// The roll call of the last vote: votes of one roll call stand together, so that one copy serves.
#[derive(Debug, Default)]
pub(super) struct Latest(Option<Arc<RollCall>>);

impl Latest {
    /// The roll call, the same copy as before if it is the same.
    pub(super) fn share(&mut self, roll_call: RollCall) -> Arc<RollCall> {
        match &self.0 {
            Some(held) if **held == roll_call => Arc::clone(held),
            _ => {
                let shared = Arc::new(roll_call);
                self.0 = Some(Arc::clone(&shared));
                shared
            }
        }
    }
}
